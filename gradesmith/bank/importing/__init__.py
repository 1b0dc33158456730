"""Choice questions from elsewhere, as drafts that an author goes on with.

::

    drafts      what a draft is, and the YAML made of it
    json_list, csv_table, gift, aiken      one reader for each format: text in, drafts and complaints out
    formats     the readers by name
"""
