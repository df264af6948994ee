"""Learning a pack from aligned pairs: tables of words, rewrites of words not seen, capitals.

What is learned is written as an ordinary pack, so that it can be read, explained, edited and laid over by
hand. Every part of it is kept only if it does more good than harm on pairs that were held back.
"""

from textnorm.learn.learner import Report, Settings, learn
from textnorm.learn.parts import Learned
from textnorm.learn.writer import write_pack

__all__ = ["Learned", "Report", "Settings", "learn", "write_pack"]
