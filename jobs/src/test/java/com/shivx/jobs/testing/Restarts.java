package com.shivx.jobs.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.shivx.local.EmbeddedFlink;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.flink.core.execution.JobClient;

/** Whether a job has been restarted, as the cluster's REST API tells it. */
public final class Restarts {

    private Restarts() {}

    public static boolean any(EmbeddedFlink flink, JobClient job) throws Exception {
        URI details = flink.webUi().resolve("/jobs/" + job.getJobID());
        String answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(details).build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
        assertThat(answer).contains("\"RESTARTING\":");
        return !answer.contains("\"RESTARTING\":0");
    }
}
