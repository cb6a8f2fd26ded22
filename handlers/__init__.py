"""What people press, type and send: one file for each wing. An interaction goes in, one service is called, an answer
goes out.
"""
