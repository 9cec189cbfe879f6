"""A language model as a second reader of articles: what it is asked, how its answer is read, and what is made of it.

A model is never needed, and nothing here speaks to one: `desk/second_reader.py` does. It gives words of the article and
codes; ids, dates and places in the text are found by the code that serves the rules, and what is not in the text is dropped.
"""
