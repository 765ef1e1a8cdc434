import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A Kafka broker that formats its own folder first, and writes messages with the Java client when asked over HTTP,
 * so that neither needs a JVM of its own.
 * Arguments: server.properties, node id, PLAINTEXT address, control port, file to make when ready, then the arguments
 * of `StorageTool format`, if the folder is to be formatted.
 */
class KafkaNode {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, KafkaProducer<byte[], byte[]>> PRODUCERS = new HashMap<>();
  /** Of transactions left open: a producer that is let go of would abort its own. */
  private static final List<KafkaProducer<byte[], byte[]>> OPEN = new ArrayList<>();
  private static String address;

  public static void main(String[] args) throws Exception {
    String properties = args[0];
    address = args[2];
    if (args.length > 5) format(Arrays.copyOfRange(args, 5, args.length));
    Thread broker = new Thread(() -> call("kafka.Kafka", "main", (Object) new String[] {properties}), "broker");
    broker.start();
    awaitNode(Integer.parseInt(args[1]));
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[3])), 0);
    server.setExecutor(Executors.newSingleThreadExecutor());
    server.createContext("/produce", (exchange) -> answer(exchange, KafkaNode::produce));
    server.createContext("/topic", (exchange) -> answer(exchange, KafkaNode::createTopic));
    server.createContext("/delete", (exchange) -> answer(exchange, KafkaNode::deleteRecords));
    server.createContext("/bulk", (exchange) -> answer(exchange, KafkaNode::bulk));
    server.start();
    Files.createFile(Path.of(args[4]));
  }

  private static void format(String[] arguments) {
    Object status = call("kafka.tools.StorageTool", "execute", arguments, System.err);
    if (!Integer.valueOf(0).equals(status)) throw new IllegalStateException("the folder cannot be formatted");
  }

  /** Kafka's own classes differ between the versions, and this one is compiled once. */
  private static Object call(String program, String method, Object... arguments) {
    try {
      for (Method found : Class.forName(program).getMethods()) {
        if (found.getName().equals(method)) return found.invoke(null, arguments);
      }
      throw new IllegalStateException(program + " has no " + method);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitNode(int id) throws Exception {
    try (Admin admin = Admin.create(settings(Map.of("reconnect.backoff.max.ms", "100")))) {
      while (admin.describeCluster().nodes().get().stream().noneMatch((node) -> node.id() == id)) {
        Thread.sleep(50);
      }
    }
  }

  private static Properties settings(Map<String, String> more) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", address);
    settings.putAll(more);
    return settings;
  }

  private interface Work {
    Object run(Map<String, String> query, InputStream body) throws Exception;
  }

  private static void answer(HttpExchange exchange, Work work) throws IOException {
    int status = 200;
    byte[] body;
    try (InputStream input = exchange.getRequestBody()) {
      body = JSON.writeValueAsBytes(work.run(query(exchange), input));
    } catch (Exception e) {
      status = 500;
      StringWriter text = new StringWriter();
      e.printStackTrace(new PrintWriter(text));
      body = text.toString().getBytes();
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    for (String pair : exchange.getRequestURI().getQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], parts[1]);
    }
    return query;
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(Map.of("linger.ms", "20", "batch.size", "131072", "max.request.size", "10485760"));
    all.putAll(more);
    return new KafkaProducer<>(settings(all), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static KafkaProducer<byte[], byte[]> shared(String codec) {
    return PRODUCERS.computeIfAbsent(codec, (name) -> producer(Map.of("compression.type", name)));
  }

  /** The body holds the topic's settings. */
  private static Object createTopic(Map<String, String> query, InputStream body) throws Exception {
    Map<String, String> configs = new HashMap<>();
    JSON.readTree(body).properties().forEach((entry) -> configs.put(entry.getKey(), entry.getValue().asText()));
    NewTopic topic = new NewTopic(
        query.get("topic"), Integer.parseInt(query.get("partitions")), Short.parseShort(query.get("replicas")));
    try (Admin admin = Admin.create(settings(Map.of()))) {
      admin.createTopics(List.of(topic.configs(configs))).all().get();
    }
    // The broker that answered may not know of it yet.
    KafkaProducer<byte[], byte[]> producer = shared("none");
    while (producer.partitionsFor(topic.name()).size() < topic.numPartitions()) Thread.sleep(20);
    return topic.numPartitions();
  }

  private static Object deleteRecords(Map<String, String> query, InputStream body) throws Exception {
    TopicPartition partition =
        new TopicPartition(query.get("topic"), Integer.parseInt(query.get("partition")));
    long before = Long.parseLong(query.get("before"));
    try (Admin admin = Admin.create(settings(Map.of()))) {
      admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(before))).all().get();
    }
    return before;
  }

  /** Writes a JSON array of messages; answers their offsets. Bytes are in base64. */
  private static Object produce(Map<String, String> query, InputStream body) throws Exception {
    String codec = query.getOrDefault("codec", "none");
    String transaction = query.get("transaction");
    if (transaction == null) return send(shared(codec), query.get("topic"), body);
    KafkaProducer<byte[], byte[]> producer = producer(Map.of(
        "compression.type", codec,
        "transactional.id", UUID.randomUUID().toString(),
        "transaction.timeout.ms", "600000"));
    producer.initTransactions();
    producer.beginTransaction();
    List<Long> offsets = send(producer, query.get("topic"), body);
    switch (transaction) {
      case "commit" -> producer.commitTransaction();
      case "abort" -> producer.abortTransaction();
      case "open" -> {
        OPEN.add(producer);
        return offsets;
      }
      default -> throw new IllegalArgumentException(transaction);
    }
    producer.close();
    return offsets;
  }

  private static List<Long> send(KafkaProducer<byte[], byte[]> producer, String topic, InputStream body)
      throws Exception {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (JsonNode message : JSON.readTree(body)) {
      Integer partition = message.hasNonNull("partition") ? message.get("partition").asInt() : null;
      Long timestamp = message.hasNonNull("timestamp") ? message.get("timestamp").asLong() : null;
      ProducerRecord<byte[], byte[]> written =
          new ProducerRecord<>(topic, partition, timestamp, bytes(message, "key"), bytes(message, "value"));
      if (message.has("headers")) {
        for (JsonNode header : message.get("headers")) {
          written.headers().add(new RecordHeader(
              header.get(0).asText(), header.get(1).isNull() ? null : header.get(1).binaryValue()));
        }
      }
      sent.add(producer.send(written));
    }
    producer.flush();
    List<Long> offsets = new ArrayList<>();
    for (Future<RecordMetadata> one : sent) offsets.add(one.get().offset());
    return offsets;
  }

  private static byte[] bytes(JsonNode message, String name) throws IOException {
    return message.hasNonNull(name) ? message.get(name).binaryValue() : null;
  }

  /** Writes `count` made-up customers, in turn to each partition; they are the same every time. */
  private static Object bulk(Map<String, String> query, InputStream body) throws Exception {
    KafkaProducer<byte[], byte[]> producer = shared(query.getOrDefault("codec", "none"));
    String topic = query.get("topic");
    int partitions = producer.partitionsFor(topic).size();
    long from = Long.parseLong(query.getOrDefault("from", "0"));
    long end = from + Long.parseLong(query.get("count"));
    AtomicReference<Exception> failure = new AtomicReference<>();
    for (long i = from; i < end; i++) {
      producer.send(
          new ProducerRecord<>(topic, (int) (i % partitions), ("C" + i).getBytes(), customer(i).getBytes()),
          (metadata, error) -> failure.compareAndSet(null, error));
    }
    producer.flush();
    if (failure.get() != null) throw failure.get();
    return end - from;
  }

  private static final String[] FIRST = {"Anna", "bob ", " Jose", "MARIA", "Wei", "Olga", "Ahmed", "Zoe"};
  private static final String[] LAST = {"Smith", "O'Neil", "Mueller", "garcia", "Li", "Ivanova", "Khan", "Lund"};

  private static String customer(long i) {
    long x = (i * 2654435761L) & 0xffffffffL;
    return String.format(
        "{\"customer_id\":\"C%09d\",\"first_name\":\"%s\",\"last_name\":\"%s\",\"email\":\"  User%d@Example.COM \","
            + "\"phone\":\"+4420%08d\",\"address\":{\"line1\":\"%d High Street\",\"city\":\"London\","
            + "\"postcode\":\"sw1a %daa\"},\"updated_at\":\"2026-01-%02dT10:00:00Z\"}",
        i, FIRST[(int) (x % 8)], LAST[(int) (x / 8 % 8)], i, x % 100_000_000L, x % 999, x % 9, 1 + x % 28);
  }
}

/** Reads a topic to its end and tells time and memory, for the bench. Arguments: address, topic. */
class KafkaScan {
  public static void main(String[] args) throws Exception {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", args[0]);
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    long began = System.nanoTime();
    long messages = 0;
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      List<TopicPartition> partitions = new ArrayList<>();
      consumer.partitionsFor(args[1]).forEach((one) -> partitions.add(new TopicPartition(args[1], one.partition())));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch((one) -> consumer.position(one) < ends.get(one))) {
        messages += consumer.poll(Duration.ofMillis(200)).count();
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    String most = Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter((line) -> line.startsWith("VmHWM")).findFirst().orElse("0").replaceAll("\\D", "");
    System.out.printf("{\"messages\":%d,\"seconds\":%.3f,\"megabytes\":%d}%n", messages, seconds, Long.parseLong(most) / 1024);
  }
}
