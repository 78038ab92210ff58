#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "xai/management/secret.h"

namespace xai::cli {

enum class Style : std::uint8_t { plain, strong, faint, good, warning, bad };

/// Writes all of a text somewhere; answers 0, or the errno that stopped it.
using Sink = std::function<int(std::string_view)>;

/// Standard output or standard error: buffered, and it knows whether a person is looking.
class Output {
 public:
  explicit Output(Sink sink, bool is_terminal = false, std::size_t columns = 80,
                  bool has_colour = false)
      : sink_{std::move(sink)},
        columns_{columns},
        is_terminal_{is_terminal},
        has_colour_{has_colour} {}

  void write(std::string_view text);
  /// Writes JSON. On a terminal what is hidden in its texts goes out as escapes of JSON, which mean
  /// the same.
  void write_json(std::string_view text);
  /// From here on `secret` goes out as `***`, wherever it stands.
  void hide(const management::Secret& secret);
  /// Writes all that waits; false once anything could not be written.
  bool flush();
  /// Whether anything could be written at all: false for a stream that is closed.
  bool is_open();

  /// `text`, which has been escaped, in a style if colour is on.
  [[nodiscard]] std::string painted(Style style, std::string_view text) const;

  /// `text` in a colour of SGR, if colour is on: for more kinds than Style has.
  [[nodiscard]] std::string coloured(std::string_view sgr_code, std::string_view text) const;

  [[nodiscard]] bool is_terminal() const { return is_terminal_; }
  [[nodiscard]] bool has_colour() const { return has_colour_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  /// The errno of the first write that failed; 0 while all is well.
  [[nodiscard]] int error() const { return error_; }
  void use_colour(bool colour) { has_colour_ = colour; }

 private:
  void send_waiting();

  Sink sink_;
  std::string waiting_{};
  std::vector<management::Secret> hidden_{};
  std::size_t columns_;
  int error_{};
  bool is_terminal_;
  bool has_colour_;
};

}  // namespace xai::cli
