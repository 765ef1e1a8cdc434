import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.ha.HAServiceProtocol.RequestSource;
import org.apache.hadoop.ha.HAServiceProtocol.StateChangeRequestInfo;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.server.datanode.DataNode;
import org.apache.hadoop.hdfs.server.namenode.NameNode;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;
import org.apache.hadoop.minikdc.MiniKdc;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.kerby.kerberos.kerb.client.KrbClient;

/**
 * A real KDC, two real NameNodes that stand in for each other and a DataNode, in one process, on fresh data, configured
 * by the folder at the head of the class path. Everybody signs in by Kerberos.
 *
 * <p>Arguments: FOLDER CONTROL_PORT. In FOLDER appear {@code krb5.conf}, {@code ann.ticket} (a ticket cache of the user
 * ann) and at last {@code ready}. At CONTROL_PORT {@code /active/0}, {@code /active/1} make a NameNode the active one,
 * {@code /standby} neither, and {@code /stop/0}, {@code /stop/1} end one.
 */
public final class Kerberos {
  private static final NameNode[] nameNodes = new NameNode[2];

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    try {
      startKdc(folder);
      DefaultMetricsSystem.setMiniClusterMode(true);
      startHdfs(folder);
      serve(Integer.parseInt(arguments[1]));
      Files.createFile(folder.resolve("ready"));
    } catch (Throwable failure) {
      failure.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static void startKdc(Path folder) throws Exception {
    Properties settings = MiniKdc.createConf();
    File work = Files.createDirectories(folder.resolve("kdc")).toFile();
    MiniKdc kdc = new MiniKdc(settings, work);
    kdc.start();
    File keys = folder.resolve("services.keytab").toFile();
    kdc.createPrincipal(keys, "hdfs/localhost", "HTTP/localhost");
    File own = folder.resolve("ann.keytab").toFile();
    kdc.createPrincipal(own, "ann");
    // Names are taken as they are: the machine's own name is none of the KDC's.
    String conf = Files.readString(kdc.getKrb5conf().toPath());
    String plain = "[libdefaults]\n  dns_canonicalize_hostname = false\n  rdns = false\n";
    Files.writeString(folder.resolve("krb5.conf"), conf.replaceFirst("(?m)^\\[libdefaults\\]\\s*$", plain));
    KrbClient client = new KrbClient(kdc.getKrb5conf().getParentFile());
    client.init();
    client.storeTicket(
        client.requestTgt("ann@" + kdc.getRealm(), own), folder.resolve("ann.ticket").toFile());
  }

  private static Configuration configurationOf(int index) {
    Configuration configuration = new HdfsConfiguration();
    configuration.set("dfs.ha.namenode.id", "nn" + index);
    return configuration;
  }

  private static void startHdfs(Path folder) throws Exception {
    UserGroupInformation.setConfiguration(new HdfsConfiguration());
    UserGroupInformation.loginUserFromKeytab(
        "hdfs/localhost", folder.resolve("services.keytab").toString());
    NameNode.format(configurationOf(0));
    copy(folder.resolve("namenode-0"), folder.resolve("namenode-1"));
    for (int index = 0; index < 2; index++) {
      nameNodes[index] = NameNode.createNameNode(new String[0], configurationOf(index));
    }
    makeActive(0);
    DataNode dataNode = DataNode.createDataNode(new String[0], new HdfsConfiguration());
    while (!dataNode.isDatanodeFullyStarted() || nameNodes[0].isInSafeMode()) Thread.sleep(50);
    try (FileSystem hdfs = FileSystem.get(new HdfsConfiguration())) {
      hdfs.setPermission(new org.apache.hadoop.fs.Path("/"), new FsPermission((short) 01777));
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : (Iterable<Path>) all::iterator) Files.copy(each, to.resolve(from.relativize(each)));
    }
  }

  private static void makeActive(int index) throws Exception {
    StateChangeRequestInfo request = new StateChangeRequestInfo(RequestSource.REQUEST_BY_USER);
    for (int other = 0; other < 2; other++) {
      if (other != index && nameNodes[other] != null) nameNodes[other].getRpcServer().transitionToStandby(request);
    }
    if (index >= 0) nameNodes[index].getRpcServer().transitionToActive(request);
  }

  private static void serve(int port) throws Exception {
    HttpServer control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    control.createContext(
        "/",
        exchange -> {
          List<String> words = List.of(exchange.getRequestURI().getPath().substring(1).split("/"));
          String said = "done";
          try {
            switch (words.get(0)) {
              case "active" -> makeActive(Integer.parseInt(words.get(1)));
              case "standby" -> makeActive(-1);
              case "stop" -> {
                int index = Integer.parseInt(words.get(1));
                nameNodes[index].stop();
                nameNodes[index] = null;
              }
              default -> said = "unknown";
            }
          } catch (Exception failure) {
            failure.printStackTrace();
            said = failure.toString();
          }
          byte[] answer = said.getBytes();
          exchange.sendResponseHeaders(said.equals("done") ? 200 : 500, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    control.start();
  }
}
