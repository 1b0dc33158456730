"""IMS Question and Test Interoperability 2.1: items, tests, and packages of them."""
