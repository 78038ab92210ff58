#include "json/item_pattern.h"

#include <functional>
#include <memory>
#include <span>

#include "json/plain_reader.h"

namespace xai::json {

namespace {

bool stands_at(const char* at, const char* end, std::string_view words) {
  return static_cast<std::size_t>(end - at) >= words.size() &&
         std::string_view{at, words.size()} == words;
}

}  // namespace

void ItemPattern::learn(std::string_view text, Value item) {
  arena_.clear();
  slots_.clear();
  text_ = text;
  given_ = text;
  used_ = 0;
  is_known_ = item.is_object() || item.is_array();
  item_ = copy(item);
  behind_ = std::string_view{text_}.substr(used_);
}

/// A copy in which strings and numbers are slots.
Value ItemPattern::copy(Value value) {
  if (value.is_array()) {
    const std::span<Value> items = arena_.make<Value>(value.items().size());
    for (std::size_t i = 0; i < items.size(); ++i) {
      std::construct_at(&items[i], copy(value.items()[i]));
      add_slot(&items[i]);
    }
    return Value::of_array(items);
  }
  if (!value.is_object()) return value;
  const std::span<Member> members = arena_.make<Member>(value.members().size());
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Member& given = value.members()[i];
    std::construct_at(&members[i], arena_.copy(given.name), copy(given.value));
    add_slot(&members[i].value);
  }
  return Value::of_object(members);
}

void ItemPattern::add_slot(Value* value) {
  if (value->kind() != Kind::string && value->kind() != Kind::number) return;
  const std::string_view text = value->text();
  // What was not taken from the text as it stands has no place in it.
  const bool is_in_text = !std::less<>{}(text.data(), given_.data()) &&
                          !std::less<>{}(given_.data() + given_.size(), text.data() + text.size());
  is_known_ = is_known_ && is_in_text;
  if (!is_known_) return;
  const auto begin = static_cast<std::size_t>(text.data() - given_.data());
  const std::string_view before = std::string_view{text_}.substr(used_, begin - used_);
  slots_.push_back({value, before, value->is_string()});
  used_ = begin + text.size();
}

const char* ItemPattern::read(const char* at, const char* end) {
  if (!is_known_) return nullptr;
  for (const Slot& slot : slots_) {
    if (!stands_at(at, end, slot.before)) return nullptr;
    at += slot.before.size();
    const char* const behind = slot.is_string
                                   ? PlainReader::string_end(at, end, slot.value->text().size())
                                   : PlainReader::number_end(at);
    if (behind == nullptr) return nullptr;
    const std::string_view text{at, static_cast<std::size_t>(behind - at)};
    *slot.value = slot.is_string ? Value::of_string(text) : Value::of_number(text);
    at = behind;
  }
  return stands_at(at, end, behind_) ? at + behind_.size() : nullptr;
}

}  // namespace xai::json
