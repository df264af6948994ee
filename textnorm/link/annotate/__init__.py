"""Mentions of concepts in running text: where they stand, what they mean, and whether they are denied."""
