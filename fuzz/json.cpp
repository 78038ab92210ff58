// Bytes → document → every answer → text: no crash, and nothing changes the second time round.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "json/document.h"
#include "json/writer.h"
#include "wire/canonical.h"
#include "wire/rows.h"

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

template <class T>
std::string written(const T& model) {
  std::string text;
  json::Writer writer{text};
  wire::encode(writer, model);
  return text;
}

template <class T>
void decode_and_back(json::Value value) {
  json::Arena arena;
  const std::string canonical = json::to_text(wire::canonical<T>(value, arena));
  const auto model = wire::decode<T>(value);
  if (!model) return;
  const json::Document canonical_document = parse_own(canonical);
  require(json::to_text(wire::canonical<T>(canonical_document.root(), arena)) == canonical,
          "the canonical form is stable");
  const std::string text = written(*model);
  const json::Document again = parse_own(text);
  const auto same = wire::decode<T>(again.root());
  require(same.has_value(), "what we encode decodes");
  require(written(*same) == text, "encoding is stable");
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
  wire::Operations::for_each(
      [&]<class Operation>() { decode_and_back<typename Operation::Response>(document->root()); });
  return 0;
}
