"""From a plan to the answer: who owes what, how it stands, and whether it suffices.

Everything here is a function of facts and a day. Nothing is stored, so nothing has to
be repaired: the same facts give the same answer for any day, past or to come.
"""
