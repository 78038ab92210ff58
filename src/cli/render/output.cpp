#include "cli/render/output.h"

#include "xai/management/secret.h"

namespace xai::cli {

void Output::write(std::string_view text) {
  constexpr std::size_t waiting_bytes_max = 64UL << 10U;
  waiting_.append(text);
  if (waiting_.size() >= waiting_bytes_max) flush();
}

bool Output::flush() {
  if (!waiting_.empty() && error_ == 0) error_ = sink_(waiting_);
  // What was printed may hold a secret that the caller wipes on its side.
  management::wipe(waiting_);
  return error_ == 0;
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
  return std::string{"\033["}.append(sgr_code).append("m").append(text).append("\033[0m");
}

}  // namespace xai::cli
