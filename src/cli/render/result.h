#pragma once

#include <functional>
#include <string>

#include "cli/results.h"
#include "cli/session.h"
#include "client/answer.h"
#include "json/value.h"
#include "wire/canonical.h"

namespace xai::cli {

/// Prints one JSON text, and wipes it: it may hold a secret.
void print_json(Output& output, std::string text);

/// Prints one result, which is a document of the service: as JSON, or as `print_text` does.
void print_result(Session& session, json::Value document, const std::function<void()>& print_text);

/// The same for a result of ours.
template <class Result>
void print_result(Session& session, const Result& result, const std::function<void()>& print_text) {
  session.messages().release_notes();
  if (session.is_json())
    print_json(session.output(), json_of(result));
  else
    print_text();
}

/// The document of an answer in canonical names.
template <class Response>
json::Value document_of(client::Answer<Response>& answer) {
  return wire::canonical<Response>(answer.document.root(), answer.document.arena());
}

}  // namespace xai::cli
