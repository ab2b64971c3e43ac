import type { Emitter } from "../emitter.ts";
import { emitOpenApi } from "./document.ts";

export const openApi: Emitter = {
  name: "openapi",
  title: "The contract over HTTP, as OpenAPI 3.1",
  emit: (model, stamp) => [
    {
      path: "openapi.json",
      mediaType: "application/vnd.oai.openapi+json;version=3.1",
      text: `${JSON.stringify(emitOpenApi(model, stamp), undefined, 2)}\n`,
    },
  ],
};
