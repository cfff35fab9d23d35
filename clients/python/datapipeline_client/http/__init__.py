"""Requests to the service: one exchange after the other, repeated where that is safe.

The standard library is enough: a client that needs no other package is installed in any build, cron job or notebook,
and its command starts in the time of Python itself.
"""
