//! A model of CPython 3.11's asyncio on virtual time.
