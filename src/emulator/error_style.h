#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "xai/management/transport.h"

namespace xai::emulator {

/// The forms that bodies of errors have been seen in.
enum class ErrorStyle : std::uint8_t {
  code,     ///< As each host is known to write: `{code, message, details}`, `{code, error}`.
  string,   ///< `{"code":"not_found","error":"…"}`
  message,  ///< `{"message":"…"}`
  empty,    ///< No body at all.
  text,     ///< The message as plain text.
  html,     ///< The page of a gateway, in place of whatever the service says.
};

/// `code`, `string`, `message`, `empty`, `text` or `html`; none for anything else.
std::optional<ErrorStyle> parse_error_style(std::string_view name);
/// The name of a style; a string literal.
std::string_view name_of(ErrorStyle style);

/// What to say of a name that is none.
inline constexpr std::string_view error_style_names{"code, string, message, empty, text or html"};

/// An error of ours in that form; what is no JSON, such as a web page, stays as it is.
management::HttpResponse in_style(management::HttpResponse error, ErrorStyle style);

}  // namespace xai::emulator
