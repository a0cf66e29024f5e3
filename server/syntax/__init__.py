"""What is decided on, or changed in, the text of a query or an update before the engine sees it.

Nothing here evaluates, opens a store or asks the network, but for the one name look-up that an allowed target
costs. Each function takes a text and returns a text or a fact about it, in time that grows with its length;
a text without the word concerned costs one search for it.
"""
