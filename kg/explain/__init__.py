"""What was read of an article, sentence by sentence, by which rule and why; and what was seen and not taken.

It goes the way of a build (:func:`kg.understand.understand`), so that what it shows is what is built. Nothing here
decides anything: every reason was given by the stage that decided.
"""
