#include "cli/commands/models/model_line.h"

#include <cctype>

#include "base/money.h"
#include "cli/render/text.h"

namespace xai::cli {

using namespace management;

namespace {

std::string token_price(std::int64_t price) {
  // Cents per 100 million tokens are ten-thousandths of a dollar per million.
  return price == 0 ? "-" : base::decimal(price, 4);
}

std::string unit_price(std::int64_t price, const std::string& unit) {
  // 1e-8 cent is 1e-10 dollar.
  return base::decimal(price, 10) + "/" + unit;
}

/// `IMAGE_RESOLUTION_2K` is `2K` to people.
std::string resolution_of(const std::string& name) {
  const std::size_t last = name.rfind('_');
  return last == std::string::npos ? name : name.substr(last + 1);
}

}  // namespace

ModelLine line_of(const LanguageModel& model) {
  ModelLine line{&model, "language", model.output_modalities};
  line.context = std::to_string(model.max_prompt_length);
  line.input_price = token_price(model.prompt_text_token_price);
  line.cached_price = token_price(model.cached_prompt_token_price);
  line.output_price = token_price(model.completion_text_token_price);
  line.max_prompt_length = model.max_prompt_length;
  line.prompt_text_token_price = model.prompt_text_token_price;
  line.cached_prompt_token_price = model.cached_prompt_token_price;
  line.completion_text_token_price = model.completion_text_token_price;
  std::vector<std::string> other;
  if (model.prompt_image_token_price != 0 &&
      model.prompt_image_token_price != model.prompt_text_token_price)
    other.push_back("image input " + token_price(model.prompt_image_token_price));
  if (model.search_price != 0)
    other.push_back(base::decimal(model.search_price, 2) + "/1000 searches");
  if (model.long_context_threshold)
    other.push_back("beyond " + std::to_string(*model.long_context_threshold) + " tokens " +
                    token_price(model.prompt_text_token_price_long_context) + " in, " +
                    token_price(model.completion_token_price_long_context) + " out");
  line.other_prices = listed(other, "-");
  return line;
}

ModelLine line_of(const EmbeddingModel& model) {
  ModelLine line{&model, "embedding"};
  line.prompt_text_token_price = model.prompt_text_token_price;
  line.input_price = token_price(model.prompt_text_token_price);
  if (model.prompt_image_token_price != 0)
    line.other_prices = "image input " + token_price(model.prompt_image_token_price);
  return line;
}

ModelLine line_of(const ImageGenerationModel& model) {
  ModelLine line{&model, "image", model.output_modalities};
  std::vector<std::string> prices;
  for (const auto& step : model.resolution_pricing)
    prices.push_back(unit_price(step.price_per_image, resolution_of(step.resolution) + " image"));
  if (prices.empty() && model.image_price != 0)
    prices.push_back(unit_price(model.image_price, "image"));
  if (model.price_per_input_image != 0)
    prices.push_back(unit_price(model.price_per_input_image, "input image"));
  line.other_prices = listed(prices, "-");
  return line;
}

ModelLine line_of(const AudioModel& model) {
  ModelLine line{&model, "audio", model.output_modalities};
  line.input_price = token_price(model.prompt_token_price);
  line.output_price = token_price(model.completion_token_price);
  return line;
}

ModelLine line_of(const VideoGenerationModel& model) {
  ModelLine line{&model, "video", model.output_modalities};
  std::vector<std::string> prices;
  for (const auto& step : model.resolution_pricing)
    prices.push_back(unit_price(step.price_per_second, resolution_of(step.resolution) + " second"));
  if (model.price_per_input_image != 0)
    prices.push_back(unit_price(model.price_per_input_image, "input image"));
  if (model.price_per_input_video_second != 0)
    prices.push_back(unit_price(model.price_per_input_video_second, "input second"));
  line.other_prices = listed(prices, "-");
  return line;
}

std::string modalities_of(const ModelLine& line) {
  const auto lower = [](const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : "+") + name;
    for (char& letter : text)
      letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return text;
  };
  const std::string output = lower(line.output_modalities);
  return lower(line.base->input_modalities) + (output.empty() ? "" : "→" + output);
}

std::string limits_of(const ModelBase& model) {
  std::vector<std::string> limits;
  if (model.rps != 0) limits.push_back("rps " + std::to_string(model.rps));
  if (model.rpm) limits.push_back("rpm " + std::to_string(*model.rpm));
  if (model.rph) limits.push_back("rph " + std::to_string(*model.rph));
  if (model.rpd) limits.push_back("rpd " + std::to_string(*model.rpd));
  // A tpm of 0 is no limit.
  if (model.tpm != 0) limits.push_back("tpm " + std::to_string(model.tpm));
  return listed(limits);
}

}  // namespace xai::cli
