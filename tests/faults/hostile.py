def hostile_cells(programs, operation, is_long):
    return []
