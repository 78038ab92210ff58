#include "emulator/nulls.h"

#include <string>

#include "json/document.h"

namespace xai::emulator {

namespace {

bool is_message(const wire::Member& member) {
  const wire::Shape& shape = member.shape;
  return shape.is_optional && !shape.is_list &&
         (shape.kind == wire::Kind::object || shape.kind == wire::Kind::time || member.is_boxed);
}

void write_with_nulls(json::Writer& writer, json::Value value, const wire::Shape& shape);

void write_members(json::Writer& writer, json::Value value, std::span<const wire::Member> members) {
  writer.begin_object();
  for (const wire::Member& member : members) {
    const json::Value found = value.find(member.name);
    if (found.is_null() && !is_message(member)) continue;
    writer.key(member.name);
    write_with_nulls(writer, found, member.shape);
  }
  writer.end_object();
}

void write_with_nulls(json::Writer& writer, json::Value value, const wire::Shape& shape) {
  if (value.is_array()) {
    writer.begin_array();
    for (const json::Value& item : value.items()) write_with_nulls(writer, item, shape);
    writer.end_array();
  } else if (value.is_object() && shape.kind == wire::Kind::object) {
    write_members(writer, value, shape.members());
  } else {
    writer.value(value);
  }
}

}  // namespace

void write_answer(json::Writer& writer, const wire::Descriptor& operation, const void* answer,
                  bool nulls) {
  if (!nulls) return operation.encode(writer, answer);
  std::string text;
  json::Writer plain{text};
  operation.encode(plain, answer);
  if (const auto document = json::Document::parse(std::move(text)))
    write_members(writer, document->root(), operation.answer_members);
}

}  // namespace xai::emulator
