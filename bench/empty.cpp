// The floor of start-up: a program that does nothing.
int main() { return 0; }
