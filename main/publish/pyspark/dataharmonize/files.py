"""Files of the cluster, through Hadoop's own FileSystem: the same code for hdfs:// and file://."""

import json

from .faults import JobFault


_CODECS = {"GzipCodec": "gzip", "ZstdCodec": "zstd", "SnappyCodec": "snappy"}
_CODECS_KEY = "io.compression.codecs"


class Files:
    """What a run does to files besides reading and writing rows."""

    def __init__(self, spark):
        self._jvm = spark.sparkContext._jvm
        self._configuration = spark.sparkContext._jsc.hadoopConfiguration()
        self._gateway = spark.sparkContext._gateway

    def _path(self, uri):
        return self._jvm.org.apache.hadoop.fs.Path(uri)

    def _system(self, uri):
        return self._path(uri).getFileSystem(self._configuration)

    def qualified(self, uri):
        """The path with its scheme and authority."""
        return self._system(uri).makeQualified(self._path(uri)).toString()

    def exists(self, uri):
        return self._system(uri).exists(self._path(uri))

    def read(self, uri):
        """A small file's bytes, or None where there is no file."""
        if not self.exists(uri):
            return None
        stream = self._system(uri).open(self._path(uri))
        try:
            return bytes(self._jvm.org.apache.commons.io.IOUtils.toByteArray(stream))
        finally:
            stream.close()

    def read_start(self, uri, length, packed=False):
        """
        At most `length` first bytes of a file, decompressed where its name says that it is compressed; `packed`: as
        they stand.
        """
        path = self._path(uri)
        stream = self._system(uri).open(path)
        factory = self._jvm.org.apache.hadoop.io.compress.CompressionCodecFactory(self._configuration)
        codec = None if packed else factory.getCodec(path)
        if codec is not None:
            stream = codec.createInputStream(stream)
        try:
            bounded = self._jvm.org.apache.commons.io.input.BoundedInputStream(stream, length)
            return bytes(self._jvm.org.apache.commons.io.IOUtils.toByteArray(bounded))
        finally:
            stream.close()

    def write(self, uri, content):
        """Writes or replaces a small file."""
        stream = self._system(uri).create(self._path(uri), True)
        try:
            stream.write(bytearray(content))
        finally:
            stream.close()

    def write_json(self, uri, value):
        self.write(uri, json.dumps(value, indent=1, sort_keys=False).encode("utf-8"))

    def replace_json(self, uri, value):
        """Replaces a small file in one step: whoever reads it finds the old one or the new one."""
        draft = "%s.draft" % uri
        self.write_json(draft, value)
        self._rename(draft, uri, "OVERWRITE")

    def create_whole(self, uri, content):
        """Creates a file with its content, or answers False where one is: it appears whole or not at all."""
        unique = self._jvm.java.util.UUID.randomUUID().toString()
        draft = "%s.%s" % (uri, unique)
        self.write(draft, content)
        if self.rename(draft, uri):
            return True
        self.remove(draft)
        return False

    def rename(self, source, target):
        """Renames in one step; answers False where the target exists. Makes the target's parent."""
        parent = self._path(target).getParent()
        self._system(target).mkdirs(parent)
        if self.exists(target):
            return False
        try:
            self._rename(source, target, "NONE")
        except Exception as error:
            # Another run may have been quicker; HDFS itself refuses then.
            if self._is(error, "org.apache.hadoop.fs.FileAlreadyExistsException"):
                return False
            raise
        return True

    def _rename(self, source, target, option):
        context = self._jvm.org.apache.hadoop.fs.FileContext.getFileContext(
            self._path(self.qualified(target)).toUri(), self._configuration
        )
        rename = self._jvm.org.apache.hadoop.fs.Options.Rename
        options = self._gateway.new_array(rename, 1)
        options[0] = getattr(rename, option)
        context.rename(self._path(self.qualified(source)), self._path(self.qualified(target)), options)

    @staticmethod
    def _is(error, name):
        cause = getattr(error, "java_exception", None)
        return cause is not None and cause.getClass().getName() == name

    def remove(self, uri):
        """Removes a file or folder where there is one."""
        self._system(uri).delete(self._path(uri), True)

    def stamps(self, uri):
        """(uri, bytes, time of change) of each file with rows: alike as long as nobody changes them."""
        status = self._system(uri).getFileStatus
        return [
            (path, size, status(self._path(path)).getModificationTime()) for _, path, size in self.data_files(uri)
        ]

    def parquet_schema(self, uri):
        """The schema in the footer of a Parquet file, as text."""
        hadoop = self._jvm.org.apache.parquet.hadoop
        source = hadoop.util.HadoopInputFile.fromPath(self._path(uri), self._configuration)
        footer = hadoop.ParquetFileReader.open(source)
        try:
            return footer.getFooter().getFileMetaData().getSchema().toString()
        finally:
            footer.close()

    def orc_schema(self, uri):
        """The schema at the end of an ORC file, as text."""
        orc = self._jvm.org.apache.orc.OrcFile
        source = orc.createReader(self._path(uri), orc.readerOptions(self._configuration))
        try:
            return source.getSchema().toString()
        finally:
            source.close()

    def encoded(self, uri):
        """A path as Spark tells it: as a URI."""
        return self._path(uri).toUri().toString()

    def compression(self, uri):
        """The compression that the name of a file tells Hadoop: none, one of a plan's, or the class of another codec."""
        factory = self._jvm.org.apache.hadoop.io.compress.CompressionCodecFactory(self._configuration)
        codec = factory.getCodec(self._path(uri))
        if codec is None:
            return "none"
        name = codec.getClass().getSimpleName()
        return _CODECS.get(name, name)

    def use_codec(self, name):
        """Has Hadoop unpack files by a codec of this class; answers False where there is no such class."""
        if not self._configuration.getClassByNameOrNull(name):
            return False
        known = self._configuration.get(_CODECS_KEY)
        if name not in (known or "").split(","):
            self._configuration.set(_CODECS_KEY, "%s,%s" % (known, name) if known else name)
        return True

    def data_files(self, uri):
        """
        Files with rows in a file, folder or glob, without hidden ones, in order of name: (the names of the folders on
        the way to it, uri, bytes) each.
        """
        # A name that holds characters of patterns is taken as it stands where there is such a file or folder.
        path = self._path(uri)
        statuses = [self._system(uri).getFileStatus(path)] if self.exists(uri) else self._system(uri).globStatus(path)
        found = []
        pending = [((), status, True) for status in statuses or []]
        while pending:
            folders, status, top = pending.pop()
            path = status.getPath()
            if path.getName().startswith(("_", ".")) and not top:
                continue
            if status.isDirectory():
                inside = folders if top else (*folders, path.getName())
                pending.extend((inside, one, False) for one in self._system(uri).listStatus(path))
            else:
                found.append((folders, path.toString(), status.getLen()))
        return sorted(found, key=lambda one: one[1])
