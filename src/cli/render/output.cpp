#include "cli/render/output.h"

#include <array>
#include <cstdio>
#include <utility>

#include "base/strike_out.h"
#include "base/unicode.h"
#include "base/wipe.h"

namespace xai::cli {
namespace {

/// As JSON writes it: beyond the first plane as two halves.
void append_json_escape(std::string& text, char32_t value) {
  std::array<char, 16> buffer{};
  const auto append = [&](unsigned unit) {
    std::snprintf(buffer.data(), buffer.size(), "\\u%04x", unit);
    base::append_wiping(text, buffer.data());
  };
  if (value < 0x10000) return append(value);
  append(0xd800 + ((value - 0x10000) >> 10U));
  append(0xdc00 + ((value - 0x10000) & 0x3ffU));
}

}  // namespace

void Output::write(std::string_view text) {
  constexpr std::size_t waiting_bytes_max = 64UL << 10U;
  base::append_wiping(waiting_, text);
  if (waiting_.size() < waiting_bytes_max) return;
  // Whole lines, so that no secret is cut in two that neither of them shows.
  const std::size_t end = waiting_.rfind('\n');
  if (end == std::string::npos) return;
  std::string rest = waiting_.substr(end + 1);
  waiting_.resize(end + 1);
  send_waiting();
  waiting_ = std::move(rest);
}

void Output::write_json(std::string_view text) {
  if (!is_terminal_) return write(text);
  std::string visible;
  while (!text.empty()) {
    const base::CodePoint point = base::first_code_point(text);
    // Line breaks stand between the texts, where they only part them.
    if (point.value == '\n' || !base::is_hidden(point.value))
      base::append_wiping(visible, text.substr(0, point.bytes));
    else
      append_json_escape(visible, point.value);
    text.remove_prefix(point.bytes);
  }
  write(visible);
  management::wipe(visible);
}

void Output::hide(const management::Secret& secret) { hidden_.push_back(secret); }

bool Output::flush() {
  send_waiting();
  return error_ == 0;
}

void Output::send_waiting() {
  for (const management::Secret& secret : hidden_) base::strike_out(waiting_, secret);
  if (!waiting_.empty() && error_ == 0) error_ = sink_(waiting_);
  // What was printed may hold a secret that the caller wipes on its side.
  management::wipe(waiting_);
}

bool Output::is_open() {
  if (error_ == 0) error_ = sink_("");
  return error_ == 0;
}

std::string Output::painted(Style style, std::string_view text) const {
  if (style == Style::plain) return std::string{text};
  std::string_view code;
  switch (style) {
    case Style::plain:
      break;
    case Style::strong:
      code = "1";
      break;
    case Style::faint:
      code = "2";
      break;
    case Style::good:
      code = "32";
      break;
    case Style::warning:
      code = "33";
      break;
    case Style::bad:
      code = "31";
      break;
  }
  return coloured(code, text);
}

std::string Output::coloured(std::string_view sgr_code, std::string_view text) const {
  if (!has_colour_) return std::string{text};
  std::string result;
  // Room at once: the text may be a secret, which is wiped where this is.
  result.reserve(sgr_code.size() + text.size() + 8);
  result.append("\033[").append(sgr_code).append("m").append(text).append("\033[0m");
  return result;
}

}  // namespace xai::cli
