"""Changing a framework that is being written: each change gives a new value, or says why it cannot be.

What is changed here may have gaps (a text that is still missing); what is refused would break it. Nothing
here knows who is at work or when: that is for the services.
"""
