#include "emulator/errors.h"
#include "emulator/rpc_codes.h"
#include "json/writer.h"

// The refusals of the inference host.
namespace xai::emulator::errors {

using management::ErrorKind;

namespace {

HttpResponse inference_response(int status, std::string_view code, std::string_view message) {
  std::string body;
  json::Writer writer{body};
  writer.begin_object();
  writer.key("code");
  writer.string(code);
  writer.key("error");
  writer.string(message);
  writer.end_object();
  return {
      .status = status, .headers = {{"content-type", "application/json"}}, .body = std::move(body)};
}

HttpResponse inference_response(ErrorKind kind, std::string_view message) {
  return inference_response(http_status(kind), words_of(kind), message);
}

}  // namespace

HttpResponse of_status_at_inference(int status, std::optional<int> code) {
  const ErrorKind kind = code ? static_cast<ErrorKind>(*code - 1) : kind_of_status(status);
  return inference_response(status, words_of(kind), words_of(kind_of_status(status)));
}

HttpResponse no_api_key() {
  return inference_response(401, "unauthenticated:no-credentials", "No API key was given.");
}

HttpResponse incorrect_api_key(const management::Secret& api_key, int status) {
  // The service shows two letters at either end.
  constexpr std::size_t shown = 2;
  const std::string& text = api_key.reveal();
  std::string hint{"***"};
  if (text.size() > 2 * shown)
    hint = text.substr(0, shown) + hint + text.substr(text.size() - shown);
  const std::string sentence = "Incorrect API key provided: " + hint +
                               ". You can obtain an API key from https://console.x.ai.";
  if (status == 401) return inference_response(401, "unauthenticated:bad-credentials", sentence);
  return inference_response(ErrorKind::invalid_argument, sentence);
}

HttpResponse expired_api_key() {
  return inference_response(ErrorKind::invalid_argument, "The API key provided has expired.");
}

HttpResponse no_permission() {
  return inference_response(403, "permission-denied", words_of(ErrorKind::permission_denied));
}

HttpResponse out_of_credit_at_inference(const Team& team) {
  const std::string sentence = credit_sentence(team);
  if (team.billing.credit_status == 429)
    return inference_response(ErrorKind::resource_exhausted, sentence);
  const bool is_personal = team.credit == Credit::no_subscription;
  return inference_response(
      403, is_personal ? "personal-team-blocked:spending-limit" : "permission-denied", sentence);
}

HttpResponse unknown_region(std::string_view region) {
  return inference_response(404, "The requested resource was not found",
                            "No inference cluster is called " + std::string{region} + ".");
}

HttpResponse not_found_at_inference() {
  return inference_response(ErrorKind::not_found, words_of(ErrorKind::not_found));
}

HttpResponse inference_not_imitated() {
  return inference_response(ErrorKind::unimplemented,
                            "This is an emulator, and inference itself is not imitated");
}

}  // namespace xai::emulator::errors
