// Text from outside, as people see it: nothing hidden is left, nor anything of a secret.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/printable.h"
#include "base/strike_out.h"
#include "base/unicode.h"
#include "input.h"
#include "targets.h"

namespace xai::fuzz {
namespace {

bool is_clean(std::string_view text) {
  while (!text.empty()) {
    const base::CodePoint point = base::first_code_point(text);
    if (!point.is_valid || base::is_hidden(point.value)) return false;
    text.remove_prefix(point.bytes);
  }
  return true;
}

void look_at_escaped(std::string_view text, std::size_t columns) {
  const std::string escaped = base::escaped(text);
  require(is_clean(escaped), "nothing hidden is left, and all is UTF-8");
  require(base::escaped(escaped) == escaped, "escaping twice is escaping once");
  require(!is_clean(text) || escaped == text, "what can be seen stays as it is");
  require(base::width_of(escaped) >= base::width_of(text), "no escape takes less room");
  const std::string cut = base::cut_to(escaped, columns);
  require(base::width_of(cut) <= columns, "what is cut fits");
  require(is_clean(cut), "no character is cut through");
  constexpr std::string_view mark = "…";
  if (cut != escaped) {
    require(cut.empty() ? columns == 0 : cut.ends_with(mark), "a cut can be seen");
    const std::string_view kept =
        std::string_view{cut}.substr(0, cut.size() - (cut.empty() ? 0 : mark.size()));
    require(escaped.starts_with(kept), "what is kept is a beginning");
  }
  const std::string quoted = base::in_quotes(text);
  require(is_clean(quoted) && quoted.starts_with('\'') && quoted.ends_with('\''),
          "quotes stand around it");
}

/// The character that an escape at the front of `text` stands for, and the size of the escape.
struct Escape {
  char32_t value;
  std::size_t bytes;
};
std::optional<Escape> escape_at(std::string_view text) {
  std::string_view digits = text.substr(std::min<std::size_t>(2, text.size()));
  std::size_t behind = 0;
  if (text.starts_with("\\u{")) {
    digits =
        digits.substr(1, digits.find('}') == std::string_view::npos ? 0 : digits.find('}') - 1);
    behind = 1 + 1;
    if (digits.size() > 6) return std::nullopt;
  } else if (text.starts_with("\\u")) {
    digits = digits.substr(0, 4);
    if (digits.size() < 4) return std::nullopt;
  } else if (text.starts_with("\\x")) {
    digits = digits.substr(0, 2);
    if (digits.size() < 2) return std::nullopt;
  } else {
    return std::nullopt;
  }
  unsigned value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size())
    return std::nullopt;
  return Escape{value, 2 + digits.size() + behind};
}

/// What a person reads: hidden characters are not there, raw or as escapes.
std::string as_read(std::string_view text) {
  std::string read;
  while (!text.empty()) {
    const base::CodePoint point = base::first_code_point(text);
    std::size_t bytes = point.bytes;
    bool is_seen = point.is_valid && !base::is_hidden(point.value);
    if (const auto escape = escape_at(text)) {
      const bool is_byte = text[1] == 'x' && escape->value >= 0x80;
      const bool is_surrogate = escape->value >= 0xd800 && escape->value <= 0xdfff;
      is_seen = !is_byte && !is_surrogate && !base::is_hidden(escape->value);
      if (!is_seen) bytes = escape->bytes;
    }
    if (is_seen) read.append(text.substr(0, bytes));
    text.remove_prefix(bytes);
  }
  return read;
}

/// What may stand between the letters of a secret, and not keep anybody from reading it.
constexpr std::array<std::string_view, 10> hidden_forms{
    "\xe2\x80\x8b", "\\u200b", "\\u{200b}", "\\x1b",    "\x1b",
    "\xff",         "\\x9b",   "\\ud800",   "\xc2\xad", "\\u{e0001}"};

/// A secret as keys are: of what a header may hold, but for the mark that takes its place, and for
/// the backslash that begins an escape.
std::string secret_of(std::string_view bytes) {
  std::string secret;
  for (const char letter : bytes)
    if (letter > ' ' && letter < 0x7f && letter != '*' && letter != '\\') secret += letter;
  return secret;
}

void look_at_struck(Input input) {
  const std::string secret = secret_of(input.line());
  constexpr std::size_t bytes_min = 4;
  if (secret.size() < bytes_min) return;
  // `\n` in the text stands for the secret, with something hidden behind each letter, perhaps.
  std::string text;
  for (std::size_t choice = 0; !input.is_empty();) {
    text += input.line();
    if (input.is_empty()) break;
    choice = input.byte();
    for (const char letter : secret) {
      text += letter;
      if (choice % 2 == 1) text += hidden_forms.at(choice / 2 % hidden_forms.size());
    }
  }
  std::string struck = text;
  base::strike_out(struck, management::Secret{secret});
  require(!struck.contains(secret), "the secret is gone");
  require(!as_read(struck).contains(secret), "whatever is hidden in it");
  require(text.contains(secret) ? struck.contains("***") : true, "a mark stands in its place");
  std::string again = struck;
  base::strike_out(again, management::Secret{secret});
  require(again == struck, "striking out twice is striking out once");
}

}  // namespace

void escaping(std::string_view bytes) {
  Input input{bytes};
  if (input.choice(2) == 0) {
    const std::size_t columns = input.byte();
    return look_at_escaped(input.rest(), columns);
  }
  look_at_struck(input);
}

}  // namespace xai::fuzz
