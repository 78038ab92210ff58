#include "wire/contract.h"

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>

#include "json/writer.h"

namespace xai::tests {
namespace {

[[noreturn]] void fail(const std::string& why) {
  std::fprintf(stderr, "contract: %s\n", why.c_str());
  std::abort();
}

bool is_zero(json::Value value) {
  const std::string text = json::to_text(value);
  return text == "null" || text == "false" || text == "0" || text == "\"\"" || text == "\"0\"" ||
         text == "[]" || text == "{}";
}

}  // namespace

const json::Document& contract_file(const std::string& name) {
  static std::map<std::string, json::Document> files;
  auto found = files.find(name);
  if (found == files.end()) {
    std::ifstream file{std::string{XAI_SOURCE_DIR} + "/contract/" + name};
    if (!file) fail(name + " is missing");
    auto document = json::Document::parse(
        {std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}});
    if (!document) fail(name + ": " + document.error().message);
    found = files.emplace(name, std::move(*document)).first;
  }
  return found->second;
}

json::Value contract_operation(std::string_view id) {
  for (const json::Value& operation :
       contract_file("operations.json").root().find("operations").items())
    if (operation.find("operation").text() == id) return operation;
  fail("no operation " + std::string{id});
}

json::Value contract_schema(std::string_view name) {
  const json::Value schema = contract_file("operations.json").root().find("schemas").find(name);
  if (!schema.is_object()) fail("no schema " + std::string{name});
  return schema;
}

json::Value contract_example(std::string_view id) {
  std::string name;
  for (const char letter : id) {
    if (std::isupper(static_cast<unsigned char>(letter)) != 0) name += '_';
    name += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  return contract_file(name + ".json").root();
}

bool is_same_json(json::Value left, json::Value right) {
  if (left.kind() != right.kind()) return false;
  if (left.is_array()) {
    if (left.items().size() != right.items().size()) return false;
    for (std::size_t i = 0; i < left.items().size(); ++i)
      if (!is_same_json(left.items()[i], right.items()[i])) return false;
    return true;
  }
  if (left.is_object()) {
    if (left.members().size() != right.members().size()) return false;
    for (const json::Member& member : left.members()) {
      bool is_there = false;
      for (const json::Member& other : right.members())
        is_there |= other.name == member.name && is_same_json(member.value, other.value);
      if (!is_there) return false;
    }
    return true;
  }
  return left.boolean() == right.boolean() && left.text() == right.text();
}

bool covers(json::Value whole, json::Value part, std::string& difference) {
  if (part.is_array() && whole.is_array()) {
    bool same = whole.items().size() == part.items().size();
    for (std::size_t i = 0; same && i < part.items().size(); ++i)
      same = covers(whole.items()[i], part.items()[i], difference);
    if (!same && difference.empty()) difference = "another number of items";
    return same;
  }
  if (!part.is_object() || !whole.is_object()) {
    if (is_same_json(whole, part)) return true;
    difference = json::to_text(whole) + " instead of " + json::to_text(part);
    return false;
  }
  for (const json::Member& member : part.members()) {
    if (member.value.is_null() && whole.find(member.name).is_null()) continue;
    if (covers(whole.find(member.name), member.value, difference)) continue;
    difference = std::string{member.name} + ": " + difference;
    return false;
  }
  for (const json::Member& member : whole.members()) {
    bool is_expected = is_zero(member.value);
    for (const json::Member& other : part.members()) is_expected |= other.name == member.name;
    if (is_expected) continue;
    difference = std::string{member.name} + ": " + json::to_text(member.value) + " from nowhere";
    return false;
  }
  return true;
}

}  // namespace xai::tests
