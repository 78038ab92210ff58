#include "cli/options.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace xai::cli {
namespace {

template <class Number>
std::optional<std::string> assign_count(std::optional<Number>& target, const std::string& text) {
  if (text == "none") {
    target.reset();
    return std::nullopt;
  }
  Number number{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || stop != end || error != std::errc{} || number < 0)
    return "must be a whole number from 0 to " +
           std::to_string(std::numeric_limits<Number>::max()) + ", or none";
  target = number;
  return std::nullopt;
}

}  // namespace

std::optional<std::string> assign_text(std::string& target, const std::string& text) {
  target = text;
  return std::nullopt;
}

std::optional<std::string> assign_text(std::optional<std::int32_t>& target,
                                       const std::string& text) {
  return assign_count(target, text);
}

std::optional<std::string> assign_text(std::optional<std::int64_t>& target,
                                       const std::string& text) {
  return assign_count(target, text);
}

std::optional<std::string> assign_text(std::vector<std::string>& target, const std::string& text) {
  target.push_back(text);
  return std::nullopt;
}

Option& Options::flag(std::string name, bool& target, std::string help) {
  Option option;
  option.name = std::move(name);
  option.help = std::move(help);
  option.assign = [&target](const std::string&) -> std::optional<std::string> {
    target = true;
    return std::nullopt;
  };
  return options_.emplace_back(std::move(option));
}

const Option* Options::find(std::string_view name) const {
  const auto found = std::ranges::find_if(options_, [&](const Option& option) {
    return option.name == name || (!option.short_name.empty() && option.short_name == name);
  });
  return found == options_.end() ? nullptr : &*found;
}

}  // namespace xai::cli
