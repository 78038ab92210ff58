// JSON texts: what is read is written and read again as the same, and all our readers agree.
#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "base/unicode.h"
#include "input.h"
#include "json/builder.h"
#include "json/document.h"
#include "json/list_stream.h"
#include "json/parser.h"
#include "json/plain_reader.h"
#include "json/whole_part.h"
#include "json/writer.h"
#include "targets.h"
#include "written_json.h"

namespace xai::fuzz {
namespace {

using json::Document;
using json::Value;

std::size_t depth_of(Value value) {
  std::size_t depth = 0;
  for (const Value item : value.items()) depth = std::max(depth, depth_of(item));
  for (const json::Member& member : value.members())
    depth = std::max(depth, depth_of(member.value));
  return value.is_array() || value.is_object() ? depth + 1 : 0;
}

void look_at_written(const Document& document) {
  const std::string text = json::to_text(document.root());
  require(base::is_utf8(text), "what is written is UTF-8");
  require(json::to_text(parse_written(text).root()) == text, "what is written is read again");
  const std::string indented = json::to_text(document.root(), 2);
  require(json::to_text(parse_written(indented).root()) == text, "indenting changes nothing");
  require(
      json::whole_part(text) ==
          (depth_of(document.root()) == 0 && document.root().kind() == json::Kind::number ? ""
                                                                                          : text),
      "all of a text is its whole part");
}

/// The reader of plain texts takes nothing that the parser refuses, or reads otherwise.
void look_at_both_readers(const std::string& text, const Document* document) {
  constexpr std::size_t memory_bytes_max = 32UL << 20U;
  constexpr std::size_t depth_max = 64;
  json::Arena arena;
  json::Builder parsed{arena, memory_bytes_max};
  const bool is_parsed = json::parse_whole(parsed, text, depth_max).trouble == json::Trouble::none;
  require(is_parsed == (document != nullptr), "the parser takes what a document takes");
  if (is_parsed)
    require(json::to_text(parsed.root()) == json::to_text(document->root()), "and reads the same");
}

/// What became of the lists of a text that came in parts.
struct Streamed {
  std::vector<std::string> items{};
  std::size_t end_count{};
  std::string rest{};
  bool operator==(const Streamed&) const = default;
};

Streamed streamed(const std::string& text, std::size_t part_bytes) {
  Streamed result;
  const json::ListReader reader{
      .names = {"list", "items"},
      .begin =
          [&] {
            result.items.clear();
            result.end_count = 0;
          },
      .take = [&](Value item) { result.items.push_back(json::to_text(item)); },
      .end = [&] { ++result.end_count; }};
  json::ListStream stream{reader};
  for (std::size_t at = 0; at < text.size(); at += part_bytes) {
    result.rest += text.substr(at, part_bytes);
    if (at + part_bytes < text.size()) stream.read(result.rest);
  }
  stream.end(result.rest);
  return result;
}

/// Items of the lists that a stream takes, in their order.
void add_items(Value value, std::vector<std::string>& items) {
  for (const Value item : value.items()) add_items(item, items);
  for (const json::Member& member : value.members()) {
    if (member.value.is_array() && (member.name == "list" || member.name == "items"))
      for (const Value item : member.value.items()) items.push_back(json::to_text(item));
    else
      add_items(member.value, items);
  }
}

void look_at_streams(const std::string& text, const Document* document, std::size_t part_bytes) {
  const Streamed whole = streamed(text, text.size() + 1);
  const Streamed parts = streamed(text, part_bytes);
  const bool is_good = Document::parse(whole.rest).has_value();
  require(is_good == Document::parse(parts.rest).has_value(), "parts are taken as the whole is");
  if (is_good) require(whole == parts, "and read as the whole is");
  if (document == nullptr) return;
  require(is_good, "a good text streams well");
  // A name that is written with escapes is no list's.
  if (text.contains('\\')) return;
  std::vector<std::string> items;
  add_items(document->root(), items);
  require(whole.items == items, "each item comes once, in order");
}

/// Whether `part` is what `whole` begins with: all equal, but for what was cut off at the end.
bool is_beginning(Value part, Value whole) {
  if (part.kind() != whole.kind()) return false;
  if (part.is_array()) {
    const auto given = part.items();
    if (given.size() > whole.items().size()) return false;
    for (std::size_t i = 0; i < given.size(); ++i)
      if (!is_beginning(given[i], whole.items()[i])) return false;
    return true;
  }
  if (part.is_object()) {
    const auto given = part.members();
    if (given.size() > whole.members().size()) return false;
    for (std::size_t i = 0; i < given.size(); ++i) {
      const json::Member& member = whole.members()[i];
      if (given[i].name != member.name || !is_beginning(given[i].value, member.value)) return false;
    }
    return true;
  }
  return json::to_text(part) == json::to_text(whole);
}

void look_at_cut(const std::string& text, const Document* document, std::size_t bytes) {
  const std::string part = json::whole_part(std::string_view{text}.substr(0, bytes));
  if (part.empty()) return;
  const Document read = parse_written(part);
  if (document != nullptr)
    require(is_beginning(read.root(), document->root()), "what is certain stands in the text");
}

}  // namespace

void json(std::string_view bytes) {
  Input input{bytes};
  // Text comes first, so that a file of JSON is an input; the last byte says where it is cut.
  const std::string text{input.rest()};
  const auto document = Document::parse(text);
  const Document* const good = document ? &*document : nullptr;
  if (good != nullptr) look_at_written(*good);
  look_at_both_readers(text, good);
  const auto last = text.empty() ? std::size_t{0} : static_cast<unsigned char>(text.back());
  const std::size_t hash = last + text.size();
  look_at_streams(text, good, 1 + hash % 13);
  look_at_cut(text, good, text.size() - hash % (text.size() + 1));
}

}  // namespace xai::fuzz
