"""Pure rules of questions, without Django: what is shown, what is calculated, what is too much."""
