def play(*_):
    return []
