#include "emulator/program.h"

int main(int argc, char** argv) { return xai::emulator::run(argc, argv); }
