def leaks_cells(programs, operation, is_long):
    return []
