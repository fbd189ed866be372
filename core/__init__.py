"""安责看板: the record, the rules and the screens of safety-duty supervision."""
