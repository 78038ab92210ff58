#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "xai/management/models.h"

namespace xai::cli {

/// A model as one line of a table. Prices are USD: of tokens per million.
struct ModelLine {
  const management::ModelBase* base;
  std::string kind;
  std::vector<std::string> output_modalities{};
  std::string context{};
  std::string input_price{};
  std::string cached_price{};
  std::string output_price{};
  std::string other_prices{};
  // As the service writes them, where the kind has them.
  std::optional<std::int64_t> max_prompt_length{};
  std::optional<std::int64_t> prompt_text_token_price{};
  std::optional<std::int64_t> cached_prompt_token_price{};
  std::optional<std::int64_t> completion_text_token_price{};
};

ModelLine line_of(const management::LanguageModel& model);
ModelLine line_of(const management::EmbeddingModel& model);
ModelLine line_of(const management::ImageGenerationModel& model);
ModelLine line_of(const management::AudioModel& model);
ModelLine line_of(const management::VideoGenerationModel& model);

/// `text+image→text`.
std::string modalities_of(const ModelLine& line);

/// `rps 8, rpm 480`, or `none`.
std::string limits_of(const management::ModelBase& model);

}  // namespace xai::cli
