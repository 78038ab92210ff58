def signals_cells(programs, operation, is_long):
    return []
