"""The few HTTP routes beside Streamlit, and the headers every answer bears."""
