package com.shivx.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.shivx.models.benchmark.ModelSpeed;
import java.util.List;

/** Measured models for programs. */
final class SpeedJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SpeedJson() {}

    /** A model an object, its batches within. */
    static ArrayNode of(List<ModelSpeed> speeds) {
        ArrayNode models = JSON.createArrayNode();
        for (ModelSpeed speed : speeds) {
            ObjectNode model =
                    models.addObject()
                            .put("name", speed.name())
                            .put("bytes", speed.bytes())
                            .put("load_nanos", speed.loadNanos());
            ArrayNode batches = model.putArray("batches");
            speed.batches()
                    .forEach(
                            batch ->
                                    batches.addObject()
                                            .put("rows", batch.rows())
                                            .put("call_rows", batch.callRows())
                                            .put("times", batch.times())
                                            .put("rows_per_second", batch.rowsPerSecond())
                                            .put("p50_nanos", batch.p50Nanos())
                                            .put("p99_nanos", batch.p99Nanos()));
        }
        return models;
    }
}
