"""Versioned questions and answers that staff edit."""
