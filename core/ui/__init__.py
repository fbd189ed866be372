"""What all pages share of Streamlit: who is there, what they may open, how refusals are shown."""
