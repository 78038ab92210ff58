// Bytes → document → every answer → text: no crash, and nothing changes the second time round.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "json/document.h"
#include "json/writer.h"
#include "wire/descriptor.h"

namespace {

using namespace xai;

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

json::Document parse_own(const std::string& text) {
  auto document = json::Document::parse(text);
  require(document.has_value(), "what we write is JSON");
  return std::move(*document);
}

std::string written(const wire::Descriptor& operation, const void* answer) {
  std::string text;
  json::Writer writer{text};
  operation.encode(writer, answer);
  return text;
}

void decode_and_back(const wire::Descriptor& operation, json::Value value) {
  json::Arena arena;
  const std::string canonical = json::to_text(operation.canonical(value, arena));
  const wire::Object answer = operation.make_answer();
  if (!operation.decode(value, answer.get())) return;
  const json::Document canonical_document = parse_own(canonical);
  require(json::to_text(operation.canonical(canonical_document.root(), arena)) == canonical,
          "the canonical form is stable");
  const std::string text = written(operation, answer.get());
  const json::Document again = parse_own(text);
  require(operation.decode(again.root(), answer.get()).has_value(), "what we encode decodes");
  require(written(operation, answer.get()) == text, "encoding is stable");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(data, data + size);
  const auto document = json::Document::parse(bytes);
  if (!document) return 0;
  const std::string text = json::to_text(document->root());
  require(json::to_text(parse_own(text).root()) == text, "printing is stable");
  require(json::to_text(parse_own(json::to_text(document->root(), 2)).root()) == text,
          "indenting changes nothing");
  for (const wire::Descriptor& operation : wire::descriptors())
    decode_and_back(operation, document->root());
  return 0;
}
