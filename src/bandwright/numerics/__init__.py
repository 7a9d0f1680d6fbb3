"""Arrays, quadratic and linear programmes; nothing here knows about bodies.

Import from the module: the solvers bring heavy libraries along, and most callers need only the arrays.
"""
