#pragma once

namespace xai::emulator {

/// The program `xai_emulator`: argv → exit code.
int run(int argc, const char* const* argv);

}  // namespace xai::emulator
