package lull.cdk.installation;

/// Ports of the processes, and the times that a load balancer and a service must agree on.
public final class Ports {

    /// Webhooks and requests of applications.
    public static final int INGRESS = 8080;

    /// Operators' API of the aggregator, also between aggregators.
    public static final int AGGREGATOR = 8082;

    /// API of the archive.
    public static final int ARCHIVE = 8084;

    /// Pages of operators.
    public static final int CONSOLE = 8089;

    /// The archive's PostgreSQL.
    public static final int DATABASE = 5432;

    /// Health and metrics of every process.
    public static final int ADMIN = 9090;

    /// Amazon MSK with IAM authentication.
    public static final int KAFKA_IAM = 9098;

    /// HTTPS.
    public static final int HTTPS = 443;

    /// Idle time after which a process behind a load balancer closes a connection.
    public static final int IDLE_SECONDS = 75;

    /// The same of the load balancer: less, so that it never uses a connection that the process closes.
    public static final int BALANCER_IDLE_SECONDS = 60;

    /// How long a task may take to stop; `stop.timeout` is 25 s.
    public static final int STOP_SECONDS = 60;

    private Ports() {}
}
