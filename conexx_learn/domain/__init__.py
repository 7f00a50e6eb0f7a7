"""The rules of the field: values in, values out.

No Flask, no SQL, no clock, no reading of files lives here.
"""
