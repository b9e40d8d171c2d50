/** Where the pages are served from in tests: deep in a host, since they must work from any folder. */
export const basePath = "/some/folder/specsight/";
export const port = Number(process.env.SPECSIGHT_TEST_PORT ?? 4817);
