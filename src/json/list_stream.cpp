#include "json/list_stream.h"

#include <algorithm>
#include <bit>
#include <string_view>

#include "json/document.h"
#include "json/parser.h"
#include "xai/management/secret.h"

namespace xai::json {

namespace {

constexpr Limits limits{};

/// Longer strings are the names of no list; of those only the beginning is kept.
constexpr std::size_t name_bytes_max = 64;

}  // namespace

ListStream::ListStream(const ListReader& reader)
    : reader_{&reader},
      builder_{arena_, limits.memory_bytes_max},
      plain_{limits.depth_max,
             [this](std::string_view quoted) {
               return parse_string(arena_, quoted, limits.memory_bytes_max);
             },
             builder_} {
  begin();
}

void ListStream::begin() {
  state_ = State::outside;
  name_.clear();
  rest_.clear();
  list_count_ = 0;
  wait_bytes_ = 0;
  reader_->begin();
}

void ListStream::read(std::string& text) {
  if (text.size() < wait_bytes_ || state_ == State::malformed) return;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end && state_ != State::malformed) {
    const char* const before = at;
    at = is_in_list() ? read_list(at, end) : skip_outside(at, end);
    if (at == before && is_in_list()) break;
  }
  text.erase(0, static_cast<std::size_t>(at - text.data()));
  // An item that is not whole is looked at again when twice as much is there: else one that comes
  // in many parts would be read as many times.
  wait_bytes_ = 2 * text.size();
}

void ListStream::end(std::string& text) {
  wait_bytes_ = 0;
  read(text);
  text.insert(0, rest_);
  management::wipe(rest_);
}

/// Goes to the first item of a list, or to the end.
const char* ListStream::skip_outside(const char* at, const char* end) {
  const char* const begin = at;
  while (at != end && !is_in_list()) state_ = after(*at++);
  rest_.append(begin, at);
  return at;
}

/// What comes after a letter outside of all lists.
ListStream::State ListStream::after(char letter) {
  if (state_ == State::escaped) return State::in_string;
  if (state_ == State::in_string) {
    if (letter == '"') return State::after_name;
    if (name_.size() < name_bytes_max) name_ += letter;
    return letter == '\\' ? State::escaped : State::in_string;
  }
  if (PlainReader::is_space(letter)) return state_;
  switch (letter) {
    case '"':
      name_.clear();
      return State::in_string;
    case ':': {
      const bool is_list = std::ranges::find(reader_->names, name_) != reader_->names.end();
      return state_ == State::after_name && is_list ? State::after_colon : State::outside;
    }
    case '[':
      return state_ == State::after_colon ? State::before_item : State::outside;
    default:
      return State::outside;
  }
}

/// Goes to the end of the list, or to what is not whole yet.
const char* ListStream::read_list(const char* at, const char* end) {
  for (;;) {
    at = PlainReader::skip_space(at);
    if (at == end) return at;
    if (*at == ']' && state_ != State::after_comma) {
      state_ = State::outside;
      reader_->end();
      rest_ += std::to_string(list_count_++);
      return at;
    }
    if (state_ == State::after_item) {
      if (*at != ',') return leave(at);
      state_ = State::after_comma;
      ++at;
      continue;
    }
    const char* const behind = read_item(at, end);
    if (behind == nullptr) return at;
    at = behind;
    state_ = State::after_item;
  }
}

/// Leaves what is malformed to who reads the rest, which may not become JSON for want of an item.
const char* ListStream::leave(const char* at) {
  state_ = State::malformed;
  rest_ += ',';
  return at;
}

/// Null for an item that is not whole yet, or malformed.
const char* ListStream::read_item(const char* at, const char* end) {
  if (const char* const behind = pattern_.read(at, end); behind != nullptr && behind != end) {
    reader_->take(pattern_.item());
    return behind;
  }
  builder_.clear();
  const char* behind = plain_.read(at, end);
  if (behind == nullptr) {
    builder_.clear();
    const Parsed parsed =
        parse_front(builder_, {at, static_cast<std::size_t>(end - at)}, limits.depth_max);
    if (parsed.trouble != Trouble::none && parsed.trouble != Trouble::incomplete) leave(at);
    if (parsed.trouble != Trouble::none) return nullptr;
    behind = at + parsed.used;
  }
  // Something stands behind every item of a list; without it a number may go on.
  if (behind == end) return nullptr;
  // Learning costs as much as reading. Where items differ from each other it is done ever less.
  if (std::has_single_bit(++other_count_))
    pattern_.learn({at, static_cast<std::size_t>(behind - at)}, builder_.root());
  reader_->take(builder_.root());
  return behind;
}

}  // namespace xai::json
