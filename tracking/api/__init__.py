"""The API under ``/api/v1/``: what the pages show, for programs to read.

A resource is a module: its filters, its rows as they are told (serializers), its view. What they
have in common is beside them: parameters, paging, problems, fields.
"""
