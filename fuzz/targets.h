#pragma once

#include <string_view>

/// Each target looks at one input. It prints nothing, and ends the process where what must hold
/// does not: README.md says what that is.
namespace xai::fuzz {

void argv(std::string_view bytes);
void csv(std::string_view bytes);
void emulator(std::string_view bytes);
void escaping(std::string_view bytes);
void json(std::string_view bytes);
void money(std::string_view bytes);
void records(std::string_view bytes);
void router(std::string_view bytes);
void time(std::string_view bytes);
void toml(std::string_view bytes);
void url(std::string_view bytes);
void wire(std::string_view bytes);

}  // namespace xai::fuzz
