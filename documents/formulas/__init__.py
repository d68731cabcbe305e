"""Pure checks of uploaded bytes and names: no Django, no words that people read."""
