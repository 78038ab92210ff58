// The first byte picks an operation, and whether its request or its answer is read: what decodes
// is written, and decodes again as the same.
#include <string>

#include "input.h"
#include "json/document.h"
#include "json/writer.h"
#include "targets.h"
#include "wire/codec.h"
#include "wire/descriptor.h"
#include "wire/http_binding.h"
#include "written_json.h"

namespace xai::fuzz {
namespace {

std::string answer_text(const wire::Descriptor& operation, const void* answer) {
  std::string text;
  json::Writer writer{text};
  operation.encode(writer, answer);
  return text;
}

void look_at_answer(const wire::Descriptor& operation, json::Value value) {
  json::Arena arena;
  const wire::Object answer = operation.make_answer();
  const std::string canonical = json::to_text(operation.canonical(value, arena));
  const json::Document canonical_document = parse_written(canonical);
  require(json::to_text(operation.canonical(canonical_document.root(), arena)) == canonical,
          "the canonical form is stable");
  if (!operation.decode(value, answer.get())) return;
  const std::string text = answer_text(operation, answer.get());
  const wire::Object again = operation.make_answer();
  require(operation.decode(parse_written(text).root(), again.get()).has_value(),
          "what is encoded decodes");
  require(answer_text(operation, again.get()) == text, "as the same");
  require(operation.decode(canonical_document.root(), again.get()).has_value(),
          "the canonical form decodes");
  require(answer_text(operation, again.get()) == text, "as the same");
}

std::string body_text(const wire::Descriptor& operation, const void* request) {
  std::string text;
  json::Writer writer{text};
  operation.write_body(writer, request);
  return text;
}

void look_at_body(const wire::Descriptor& operation, json::Value value) {
  wire::Fault fault;
  const wire::Object request = operation.make();
  if (!operation.read_body(value, request.get(), fault)) {
    require(!wire::error_of(fault).message.empty(), "a refusal says what does not fit");
    return;
  }
  const std::string text = body_text(operation, request.get());
  const wire::Object again = operation.make();
  require(operation.read_body(parse_written(text).root(), again.get(), fault),
          "a body that is written is read");
  require(body_text(operation, again.get()) == text, "as the same");
  const wire::Object copy = operation.copy(again.get());
  require(body_text(operation, copy.get()) == text, "a copy is the same");
}

void look_at_request(const wire::Descriptor& operation, Input input) {
  management::HttpRequest request{.method = operation.method, .base_url = "https://example.test"};
  request.target = input.line();
  request.body = input.rest();
  const wire::Object read = operation.make();
  if (!wire::from_request(operation, request, read.get())) return;
  const management::HttpRequest written = wire::to_request(operation, read.get());
  const wire::Object again = operation.make();
  require(wire::from_request(operation, written, again.get()).has_value(),
          "a request that is written is read");
  const management::HttpRequest same = wire::to_request(operation, again.get());
  require(same.target == written.target && same.body == written.body, "as the same");
}

}  // namespace

void wire(std::string_view bytes) {
  Input input{bytes};
  const auto all = wire::descriptors();
  const std::uint8_t picked = input.byte();
  const wire::Descriptor& operation = all[picked % all.size()];
  const std::size_t side = picked / all.size() % 4;
  if (side == 3) return look_at_request(operation, input);
  const auto document = json::Document::parse(std::string{input.rest()});
  if (!document) return;
  if (side == 2) return look_at_body(operation, document->root());
  look_at_answer(operation, document->root());
}

}  // namespace xai::fuzz
